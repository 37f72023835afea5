import type { Metadata } from 'next';
import { Feedback } from '@/features/admin/feedback/feedback';

export const metadata: Metadata = { title: 'Feedback' };

export default function FeedbackPage() {
  return <Feedback />;
}
