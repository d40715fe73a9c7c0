import { ButtonLink } from "@/components/Button";
import { usePageTitle } from "@/lib/hooks";

export default function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <div className="page stack" style={{ justifyItems: "start" }}>
      <h1>Nothing here</h1>
      <p className="muted">This address leads nowhere. Perhaps the habit was deleted, or the link lost a letter.</p>
      <ButtonLink href="/" kind="primary">
        Go to Today
      </ButtonLink>
    </div>
  );
}
