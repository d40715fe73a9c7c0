// Where a form went wrong: the focus goes there, so that the words beside it are read out.

/** The field that is wrong, or where nothing is a field, what stands beside the words about it. */
const firstTrouble = (form: HTMLFormElement): HTMLElement | null | undefined =>
  form.querySelector<HTMLElement>("[aria-invalid]") ?? form.querySelector(".error")?.closest("fieldset")?.querySelector("button");

/** To be called when the error is known; it is marked in the next frame. */
export const focusTrouble = (form: HTMLFormElement | null): void =>
  void requestAnimationFrame(() => form && firstTrouble(form)?.focus());
