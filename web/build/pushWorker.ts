// Puts the part of the service worker that shows messages beside it, under a name that stays: the worker loads it by that name.
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const entry = fileURLToPath(new URL("../src/worker/push.ts", import.meta.url));

async function bundle(target: string): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: { write: false, target, modulePreload: false, lib: { entry, formats: ["iife"], name: "daybeatPush", fileName: "push" } },
  });
  const [{ output }] = [built].flat() as { output: { code?: string }[] }[] as [{ output: { code?: string }[] }];
  return output[0]!.code!;
}

export function pushWorker(fileName: string, target: string): Plugin {
  return {
    name: "daybeat-push-worker",
    apply: "build",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName, source: await bundle(target) });
    },
  };
}
