import "@lwc/synthetic-shadow";
import { openConsole } from "./console.ts";

await openConsole(document.body);
