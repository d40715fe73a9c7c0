import type { FormEvent } from "react";
import { fieldErrors, inWords, Problem } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { toast } from "@/lib/toasts";
import { usePassword } from "./queries";

const wordsFor = (error: unknown) =>
  error instanceof Problem && (error.status === 401 || error.status === 403)
    ? "The current password is not right."
    : inWords(error);

export function Password({ email }: { email: string }) {
  const password = usePassword();
  const errors = fieldErrors(password.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { current_password, new_password } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    password.mutate(
      { current_password: current_password!, new_password: new_password! },
      {
        onSuccess() {
          form.reset();
          toast("Your password is changed. Other devices are signed out.");
        },
      },
    );
  };
  return (
    <Card title="Password">
      <form className="stack" onSubmit={submit}>
        {password.isError && (
          <Notice tone="warn" role="alert">
            {wordsFor(password.error)}
          </Notice>
        )}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label="Current password"
          name="current_password"
          type="password"
          autoComplete="current-password"
          required
          error={errors.current_password}
        />
        <TextField
          label="New password"
          name="new_password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          required
          hint="At least 8 characters. Every other device is signed out."
          error={errors.new_password}
        />
        <div>
          <Button type="submit" disabled={password.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
