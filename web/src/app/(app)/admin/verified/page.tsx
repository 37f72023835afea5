import type { Metadata } from 'next';
import { VerifiedQuestions } from '@/features/admin/feedback/verified-questions';

export const metadata: Metadata = { title: 'Verified questions' };

export default function VerifiedQuestionsPage() {
  return <VerifiedQuestions />;
}
