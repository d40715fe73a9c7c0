// Text as it came, such as JSON or a reason: in a box that scrolls, also by keyboard.

export const Raw = ({ label, children }: { label: string; children: string }) => (
  <pre tabIndex={0} aria-label={label}>
    {children}
  </pre>
);
