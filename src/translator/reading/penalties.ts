/** What makes a plan less likely: a guess that may be right … */
export const VAGUE = 0.3;
/** … and a part of the question that the plan cannot express. */
export const WRONG = 1;
