// The door: sign in, or make an account.
import { useLocation } from "wouter";
import { Logo } from "@/components/Logo";
import { LoginForm } from "./LoginForm";
import { PlainHttpNotice } from "./PlainHttpNotice";
import { RegisterForm } from "./RegisterForm";
import { useInstance } from "./queries";
import styles from "./Welcome.module.css";

export function Welcome() {
  const [location] = useLocation();
  const instance = useInstance();
  // Someone's very first visit to a new Daybeat wants an account, not a password.
  const fresh = instance.data?.has_accounts === false && location !== "/login";
  const registering = (fresh || location === "/register") && instance.data?.registration !== "closed";
  return (
    <main className={styles.door}>
      <div className={styles.brand}>
        <Logo size={44} />
        <p>
          <strong>Daybeat</strong>
          <span className="muted">Small things, day by day.</span>
        </p>
      </div>
      {registering ? <RegisterForm invited={instance.data?.registration === "invite"} /> : <LoginForm />}
      <PlainHttpNotice instance={instance.data} />
      <p className={styles.promise}>No request ever leaves this server.</p>
    </main>
  );
}
