// A page in a file of its own: it loads when somebody goes there, or a moment before.
import { type ComponentType, useEffect, useState } from "react";

/** What a page's file exports: the page, and what may be asked of the server before it is drawn. */
export type File<P> = () => Promise<{ default: ComponentType<P>; ask?: (search: string) => void }>;

export type Page<P> = ComponentType<P> & { load?: (search: string) => Promise<unknown> };

type State<P> = { Content: ComponentType<P> | null; error?: unknown };

/** Not React's `lazy`: what that had to wait for, it holds back by a third of a second. */
export function page<P extends object>(file: File<P>): Page<P> {
  let loaded: ComponentType<P> | null = null;
  const load = async (search: string) => {
    const module = await file();
    module.ask?.(search);
    loaded = module.default;
  };

  function Shown(props: P) {
    const [{ Content, error }, set] = useState<State<P>>({ Content: loaded });
    useEffect(() => {
      if (!Content) load(location.search).then(() => set({ Content: loaded }), (reason: unknown) => set({ Content, error: reason }));
    }, [Content]);
    if (error) throw error;
    return Content ? <Content {...props} /> : <div className="page" aria-busy="true" />;
  }
  return Object.assign(Shown, { load });
}
