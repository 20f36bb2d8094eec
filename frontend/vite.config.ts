import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { inlineDocuments } from "./codegen/inline.mjs";

// `npm run dev` serves the app and hands everything else to a running server (`./carreau up`).
const server = process.env.CARREAU_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [inlineDocuments(import.meta.dirname), react()],
  build: {
    target: "es2023",
    // No data: addresses, so that the content security policy stays short.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `carreau frontend build` writes into a folder of its own and renames it.
    outDir: process.env.CARREAU_FRONTEND_OUT ?? "dist",
    emptyOutDir: true,
  },
  server: {
    proxy: {
      "/api": server,
      "/auth": server,
      "/invoice-link": server,
      "/public": server,
      "/graphql": { target: server, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["./src/testing.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
