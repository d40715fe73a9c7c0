import type { ComponentProps } from "react";
import { Link } from "wouter";
import { cx } from "@/lib/css";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

type Kind = "primary" | "plain" | "quiet" | "warn";

export function Button({ kind = "plain", className, type = "button", ...rest }: ComponentProps<"button"> & { kind?: Kind }) {
  return <button type={type} className={cx(styles.button, styles[kind], className)} {...rest} />;
}

export function IconButton({
  icon,
  label,
  className,
  ...rest
}: Omit<ComponentProps<"button">, "children"> & { icon: IconName; label: string }) {
  return (
    <button type="button" aria-label={label} title={label} className={cx(styles.icon, className)} {...rest}>
      <Icon name={icon} size={20} />
    </button>
  );
}

export function ButtonLink({ href, kind = "plain", children }: { href: string; kind?: Kind; children: React.ReactNode }) {
  return (
    <Link href={href} className={cx(styles.button, styles[kind])}>
      {children}
    </Link>
  );
}
