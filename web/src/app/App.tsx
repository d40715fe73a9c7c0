import { QueryClientProvider } from "@tanstack/react-query";
import { session } from "@/api/session";
import { Toasts } from "@/components/Toasts";
import { Welcome } from "@/features/auth/Welcome";
import { queryClient } from "@/lib/queryClient";
import { useStore } from "@/lib/store";
import { Boundary } from "./Boundary";
import { Routes } from "./Routes";
import { Shell } from "./Shell";

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
          <Welcome />
        </Boundary>
      )}
      <Toasts />
    </QueryClientProvider>
  );
}
