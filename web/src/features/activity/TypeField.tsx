// The type of an event: free to choose, with what is known to choose from.
import { type ComponentProps, useId } from "react";
import { TextField } from "@/components/Field";

type Props = Omit<ComponentProps<typeof TextField>, "onChange"> & { types: string[]; onChange: (type: string) => void };

export function TypeField({ types, onChange, ...rest }: Props) {
  const list = useId();
  return (
    <>
      <TextField
        list={list}
        autoComplete="off"
        autoCapitalize="none"
        maxLength={50}
        {...rest}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {types.map((type) => (
          <option key={type}>{type}</option>
        ))}
      </datalist>
    </>
  );
}
