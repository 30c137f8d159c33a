import "@lwc/synthetic-shadow";

// The engine looks for synthetic shadow when it starts, so everything that loads it comes after.
const { openConsole } = await import("./console.ts");

await openConsole(document.body);
