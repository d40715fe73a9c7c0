import type { FormEvent } from "react";
import { Link } from "wouter";
import { inWords, Problem } from "@/api/problem";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { usePageTitle } from "@/lib/hooks";
import { type Credentials, useInstance, useLogin } from "./queries";
import styles from "./Welcome.module.css";

const wordsFor = (error: unknown) =>
  error instanceof Problem && error.status === 401 ? "E-mail and password don't match." : inWords(error);

export function LoginForm() {
  usePageTitle("Sign in");
  const login = useLogin();
  const registration = useInstance().data?.registration;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    login.mutate(Object.fromEntries(new FormData(event.currentTarget)) as Credentials);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <h1>Sign in</h1>
      {login.isError && (
        <Notice tone="warn" role="alert">
          {wordsFor(login.error)}
        </Notice>
      )}
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <Button type="submit" kind="primary" disabled={login.isPending}>
        {login.isPending ? "Signing in…" : "Sign in"}
      </Button>
      {registration !== "closed" && (
        <p>
          New here? <Link href="/register">Create an account</Link>
        </p>
      )}
    </form>
  );
}
