// The secret of a webhook, shown once, and how a program makes sure that a request came from here.
import { useState } from "react";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Raw } from "@/components/Raw";
import { copy } from "@/lib/files";
import { toast } from "@/lib/toasts";
import { type Tongue, verifying } from "./snippets";

const take = (text: string) => void copy(text).then((words) => toast(words));

export function WebhookSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [tongue, setTongue] = useState<Tongue>("python");
  return (
    <>
      <p role="status">It is added. Copy its secret now, it is shown only once.</p>
      <Raw label="Secret">{secret}</Raw>
      <div>
        <Button autoFocus onClick={() => take(secret)}>
          Copy secret
        </Button>
      </div>
      <Choice
        legend="How your program checks that a request is from here"
        options={[
          { value: "python", label: "Python" },
          { value: "node", label: "Node" },
        ]}
        value={tongue}
        onChange={setTongue}
      />
      <Raw label="Code">{verifying[tongue]}</Raw>
      <div className="row">
        <Button onClick={() => take(verifying[tongue])}>Copy code</Button>
        <Button kind="primary" onClick={onClose}>
          I have it
        </Button>
      </div>
    </>
  );
}
