import { TextField } from "@/components/Field";
import type { Kind } from "../types";
import { fieldsOf, type Values } from "./addresses";

type Props = { kind: Kind; values: Values; onChange: (values: Values) => void; errors?: Record<string, string>; error?: string };

const none: Record<string, string> = {};

/** `error` is about the address as a whole, and stands at its first field. */
export function AddressFields({ kind, values, onChange, errors = none, error }: Props) {
  return fieldsOf(kind).map(({ name, label, hint, type = "text" }, index) => (
    <TextField
      key={name}
      label={label}
      hint={hint}
      type={type}
      autoCapitalize="none"
      autoComplete={type === "email" ? "email" : "off"}
      spellCheck={false}
      maxLength={2000}
      value={values[name] ?? ""}
      error={errors[name] ?? (index === 0 ? error : undefined)}
      onChange={(event) => onChange({ ...values, [name]: event.target.value })}
    />
  ));
}
