// What an import of a component is, for tools that do not read .vue files themselves.
// The window's own client is declared here too: the one name that the preload exposes.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}

interface Window {
  readonly lane: import('../firmware-runtime/api/table.ts').LaneClient
}
