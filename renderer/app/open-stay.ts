// All of one stay is on the page of its passage: rows of lists, of the board and of piles open it.
// A row without a stay opens nothing.
import { useRouter } from 'vue-router'

export function useOpenStay(): (stayId: string | null) => void {
  const router = useRouter()
  return (stayId) => {
    if (stayId !== null) void router.push(`/ledger/${encodeURIComponent(stayId)}`)
  }
}
