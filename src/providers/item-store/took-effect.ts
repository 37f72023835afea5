import { ConditionFailed } from './errors.js';

/** Whether the write was carried out: false where a condition of it did not hold, so that nothing was changed. */
export async function tookEffect(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
