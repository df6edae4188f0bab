// Declares sql.js as a module of the window: it ships no types, those used here are in sql-types.ts.
// Only load-sql.ts imports it.
declare module 'sql.js' {
  const init: import('./sql-types.ts').InitSqlJs
  export default init
}
