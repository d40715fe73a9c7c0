// The shapes of the Operations page, by the names it uses.
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Operations = Schemas["Operations"];
export type Process = Schemas["Process"];
export type Reader = Schemas["Reader"];
export type SetAside = Schemas["SetAside"];
export type SetAsideItem = Schemas["SetAsideItem"];
export type Retried = Schemas["Retried"];
