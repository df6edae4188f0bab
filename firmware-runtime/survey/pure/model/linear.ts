// Small dense linear algebra: the Cholesky root of a covariance and its solves. Matrices row by row.
// Own code, because sixty lines are less than a library and give the same results everywhere.
import { must } from '#base/pure/values/must.ts'

export interface Root {
  readonly size: number
  /** Lower triangle. */
  readonly lower: Float64Array
}

/** Cholesky. The matrix is a covariance plus noise: it has a root. */
export function rootOf(matrix: Float64Array, size: number): Root {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0)
      if (i !== j) lower[i * size + j] = sum / (lower[j * size + j] ?? 1)
      else {
        must(sum > 0, 'a covariance is positive')
        lower[i * size + i] = Math.sqrt(sum)
      }
    }
  }
  return { size, lower }
}

/** Solves lower * x = b. */
export function forward({ size, lower }: Root, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let sum = b[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * size + i] ?? 1)
  }
  return x
}

/** Solves lower' * x = b. */
export function backward({ size, lower }: Root, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(size)
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * size + i] ?? 1)
  }
  return x
}

export const solve = (root: Root, b: ArrayLike<number>): Float64Array =>
  backward(root, forward(root, b))

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** The diagonal of the inverse of the matrix that has this root. */
export function inverseDiagonal({ size, lower }: Root): Float64Array {
  const diagonal = new Float64Array(size)
  const column = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    // Column j of the root's own inverse begins at row j.
    let sum = 0
    for (let i = j; i < size; i++) {
      let rest = i === j ? 1 : 0
      for (let k = j; k < i; k++) rest -= (lower[i * size + k] ?? 0) * (column[k] ?? 0)
      const value = rest / (lower[i * size + i] ?? 1)
      column[i] = value
      sum += value * value
    }
    diagonal[j] = sum
  }
  return diagonal
}

/** The inverse of the matrix that has this root, row by row. */
export function inverseOf(root: Root): Float64Array {
  const { size } = root
  const inverse = new Float64Array(size * size)
  const unit = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    unit.fill(0)
    unit[j] = 1
    inverse.set(solve(root, unit), j * size)
  }
  return inverse
}
