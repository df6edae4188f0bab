// What an import of a component is, for tools that do not read .vue files themselves.
// The names that the preload exposes are declared here too: the client, the start page, the choice of a path.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}

interface Window {
  readonly lane: import('../firmware-runtime/api/table.ts').LaneClient
  readonly start: import('../firmware-runtime/api/start.ts').StartClient
  readonly pick: import('../firmware-runtime/api/pick.ts').PickClient
}
