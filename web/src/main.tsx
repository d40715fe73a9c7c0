import { createRoot } from "react-dom/client";
import "./app/styles/tokens.css";
import "./app/styles/base.css";
import { App } from "./app/App";
import { start } from "./app/start";

void start().then(() => createRoot(document.getElementById("root")!).render(<App />));
