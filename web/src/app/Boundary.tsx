// A page that breaks says so and leaves the rest of the app standing.
import { Component, type ReactNode } from "react";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";

export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="page">
        <Notice role="alert" tone="warn" title="This page tripped over something.">
          <p>Your check-ins are safe. Loading the page again usually helps.</p>
          <Button onClick={() => location.reload()}>Load again</Button>
        </Notice>
      </div>
    );
  }
}
