// One picture that a person picks or drops: opened and scaled down for the caller, or refused in words.
// Shared by the photo of an instrument and the photos and plans of a survey.
import { ref, useTemplateRef } from 'vue'
import { readPhotoFile, type PhotoRefusal, type PickedPhoto } from './photo-file.ts'

/** `took` receives null for a refused file. */
export function usePicturePick(took: (photo: PickedPhoto | null) => void) {
  const refused = ref<PhotoRefusal | 'many' | null>(null)
  const opening = ref(false)
  const over = ref(false)
  const input = useTemplateRef<HTMLInputElement>('input')

  async function take(files: FileList | null | undefined): Promise<void> {
    const [file, second] = files ?? []
    if (file === undefined) return
    refused.value = second === undefined ? null : 'many'
    if (second !== undefined) return
    opening.value = true
    const read = await readPhotoFile(file)
    opening.value = false
    if (typeof read === 'string') refused.value = read
    took(typeof read === 'string' ? null : read)
  }
  function picked(event: Event): void {
    const field = event.target
    if (!(field instanceof HTMLInputElement)) return
    void take(field.files).finally(() => {
      // Clear the field, so that choosing the same file again raises a change event.
      field.value = ''
    })
  }
  function dropped(event: DragEvent): void {
    over.value = false
    void take(event.dataTransfer?.files)
  }
  const pick = (): void => input.value?.click()
  return { refused, opening, over, picked, dropped, pick }
}
