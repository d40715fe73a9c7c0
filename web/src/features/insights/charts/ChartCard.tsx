// One question and its drawing: what it says in a sentence, what the signs mean, the same as a table, and how it came about.
import type { ComponentProps, ReactNode } from "react";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { Twin } from "@/components/Twin";

type Props = {
  title: string;
  words: string;
  controls?: ReactNode;
  legend?: ReactNode;
  table: ComponentProps<typeof Twin>;
  how: ReactNode;
  children: ReactNode;
};

export function ChartCard({ title, words, controls, legend, table, how, children }: Props) {
  return (
    <Card title={title}>
      <p className="muted">{words}</p>
      {controls}
      {children}
      {legend}
      <Twin {...table} />
      <Explain question="How is this computed?">{how}</Explain>
    </Card>
  );
}
