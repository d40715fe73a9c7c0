// What is far down the page costs nothing until somebody scrolls near it.
import { type ReactNode, useEffect, useRef, useState } from "react";

const AHEAD = "500px";

export function Near({ height, children }: { height: string; children: ReactNode }) {
  const [near, setNear] = useState(typeof IntersectionObserver === "undefined");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (near) return;
    const observer = new IntersectionObserver((seen) => setNear(seen.some(({ isIntersecting }) => isIntersecting)), { rootMargin: AHEAD });
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, [near]);
  return near ? children : <div ref={place} className="loading" style={{ blockSize: height }} />;
}
