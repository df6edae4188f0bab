// The loopback API of a running folder: its token, its server, and their entries in runtime.json.
// The server stays open while the lot is reopened, so that scripts keep their address over a power cut.
import { join } from 'node:path'
import { openApiServer, type ApiServer } from '#base/api/http-server.ts'
import { newToken, writeToken } from '#base/api/token.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import type { ApiSession } from '#base/ports/api-host.ts'
import { removePath } from '#base/files/held-path.ts'

export interface Served {
  readonly endpoints: { readonly api: string; readonly tokenFile: string }
  close(): Promise<void>
}

export async function serveApi(
  dir: string,
  session: () => ApiSession,
  failed: (error: unknown) => void,
): Promise<Served> {
  const tokenFile = join(dir, 'run', 'token')
  const token = newToken(systemRandom())
  const server: ApiServer = await openApiServer({ token, session, failed })
  try {
    writeToken(tokenFile, token)
  } catch (error) {
    await server.close()
    throw error
  }
  return {
    endpoints: { api: server.url, tokenFile },
    async close() {
      removePath(tokenFile, { force: true })
      await server.close()
    },
  }
}
