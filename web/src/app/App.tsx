import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { session } from "@/api/session";
import { Toasts } from "@/components/Toasts";
import { queryClient } from "@/lib/queryClient";
import { useStore } from "@/lib/store";
import { Boundary } from "./Boundary";
import { Routes } from "./Routes";
import { Shell } from "./Shell";

const Welcome = lazy(() => import("@/features/auth/Welcome"));

export function App() {
  const signedIn = useStore(session, ({ status }) => status === "signed-in");
  return (
    <QueryClientProvider client={queryClient}>
      {signedIn ? (
        <Shell>
          <Routes />
        </Shell>
      ) : (
        <Boundary>
          <Suspense>
            <Welcome />
          </Suspense>
        </Boundary>
      )}
      <Toasts />
    </QueryClientProvider>
  );
}
