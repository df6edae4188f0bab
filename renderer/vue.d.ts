// The type of an imported component, for tools that cannot read .vue files.
// Also declares what the preload exposes: the client, the start page, the path dialog, how a saved file ended, the desktop.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}

interface Window {
  readonly lane: import('#runtime/api/table.ts').LaneClient
  readonly start: import('#runtime/api/start.ts').StartClient
  readonly pick: import('#runtime/api/pick.ts').PickClient
  /** Absent outside Studio. */
  readonly desktop?: import('#runtime/api/desktop.ts').DesktopClient
  /** Absent outside Studio. */
  readonly saves?: import('#runtime/api/saves.ts').SavesClient
}
