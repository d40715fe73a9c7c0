import type { FormEvent } from "react";
import type { User } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { SignOut } from "./SignOut";
import { useSave } from "./useSave";

export function Profile({ user }: { user: User }) {
  const save = useSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save({ name: String(new FormData(event.currentTarget).get("name")).trim() });
  };
  return (
    <Card title="Profile">
      <p className="muted">{user.email}</p>
      <form className="row" onSubmit={submit} style={{ alignItems: "end" }}>
        <div style={{ flex: "1 1 12rem" }}>
          <TextField label="Name" name="name" defaultValue={user.name} key={user.name} required maxLength={80} autoComplete="name" />
        </div>
        <Button type="submit">Save name</Button>
      </form>
      <SignOut />
    </Card>
  );
}
