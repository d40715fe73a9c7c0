// The frame around every page: where you are, where you can go, and whether the server hears you.
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { session } from "@/api/session";
import { IconButton } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { Logo } from "@/components/Logo";
import { PromptBanner } from "@/features/moods/PromptBanner";
import { useStore } from "@/lib/store";
import { Boundary } from "./Boundary";
import { Status } from "./Status";
import styles from "./Shell.module.css";
import { useShellKeys } from "./useShellKeys";

const Palette = lazy(() => import("./Palette"));
const Help = lazy(() => import("./Help"));

const places: { href: string; label: string; icon: IconName; forAdmins?: true; wide?: true }[] = [
  { href: "/", label: "Today", icon: "today" },
  { href: "/mood", label: "Mood", icon: "mood" },
  { href: "/habits", label: "Habits", icon: "habits" },
  { href: "/insights", label: "Insights", icon: "insights" },
  { href: "/goals", label: "Goals", icon: "goals" },
  { href: "/activity", label: "Activity", icon: "activity" },
  { href: "/integrations", label: "Integrations", icon: "bell", wide: true }, // a phone gets there by Settings
  { href: "/settings", label: "Settings", icon: "settings" },
  { href: "/operations", label: "Operations", icon: "grip", forAdmins: true, wide: true },
];

const isHere = (href: string, location: string) =>
  location === href || (href !== "/" && location.startsWith(`${href}/`)) || (href === "/insights" && location.startsWith("/reports/"));

// The page somebody went back to. A step back within one page, by its query or a fragment, brings no other page.
let wentBackTo: string | null = null;
addEventListener("popstate", () => (wentBackTo = window.location.pathname));

/** A new page starts at its top, with the focus on its content, as a loaded document would. Going back, the browser knows the place. */
function useArrival(location: string) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (wentBackTo !== location) scrollTo(0, 0);
    wentBackTo = null;
    main.current?.focus({ preventScroll: true });
  }, [location]);
  return main;
}

export type Overlay = "palette" | "help" | null;

export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const isAdmin = useStore(session, ({ user }) => user?.is_admin);
  const main = useArrival(location);
  useShellKeys(setOverlay);
  const close = () => setOverlay(null);

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to content
      </a>
      <header className={styles.top}>
        <Link href="/" className={styles.brand}>
          <Logo /> Daybeat
        </Link>
        <Status />
        <IconButton icon="search" label="Go to or check in" onClick={() => setOverlay("palette")} />
      </header>
      <nav className={styles.nav} aria-label="Pages">
        <ul>
          {places.filter(({ forAdmins }) => isAdmin || !forAdmins).map(({ href, label, icon, wide }) => (
            <li key={href} className={wide && styles.wide}>
              <Link href={href} aria-current={isHere(href, location) ? "page" : undefined}>
                <Icon name={icon} /> {label}
              </Link>
            </li>
          ))}
        </ul>
        <p className={styles.hints}>
          <button type="button" onClick={() => setOverlay("help")}>
            <kbd>?</kbd> Keyboard
          </button>
        </p>
      </nav>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <PromptBanner />
      <Boundary key={overlay}>
        <Suspense>
          {overlay === "palette" && <Palette onClose={close} />}
          {overlay === "help" && <Help onClose={close} />}
        </Suspense>
      </Boundary>
    </div>
  );
}
