// Test projects: node (everything that runs without a window) and ui (components in happy-dom).
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**'],
          pool: 'forks',
        },
      },
      {
        plugins: [vue()],
        test: { name: 'ui', include: ['test/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
    ],
  },
})
