import type { FormEvent } from "react";
import { Link } from "wouter";
import { fieldErrors, inWords, Problem } from "@/api/problem";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { usePageTitle } from "@/lib/hooks";
import { type Registration, useRegister } from "./queries";
import styles from "./Welcome.module.css";

const timezone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function wordsFor(error: unknown): string {
  if (error instanceof Problem && error.status === 409) return "There is an account with this e-mail already. Sign in instead?";
  if (error instanceof Problem && error.status === 422) return "Something is missing or does not fit. See below.";
  return inWords(error);
}

export function RegisterForm({ invited }: { invited: boolean }) {
  usePageTitle("Create an account");
  const register = useRegister();
  const errors = fieldErrors(register.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = Object.fromEntries(new FormData(event.currentTarget)) as Omit<Registration, "timezone">;
    register.mutate({ ...entered, timezone: timezone() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <h1>Create an account</h1>
      {register.isError && (
        <Notice tone="warn" role="alert">
          {wordsFor(register.error)}
        </Notice>
      )}
      <TextField label="Name" name="name" autoComplete="name" required maxLength={80} error={errors.name} autoFocus />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required error={errors.email} />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required
        error={errors.password}
        hint="At least 8 characters. A few plain words are easy to remember."
      />
      {invited && <TextField label="Invitation code" name="invite" required error={errors.invite} />}
      <Button type="submit" kind="primary" disabled={register.isPending}>
        {register.isPending ? "Creating…" : "Create account"}
      </Button>
      <p>
        Have one already? <Link href="/login">Sign in</Link>
      </p>
    </form>
  );
}
