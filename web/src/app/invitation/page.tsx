import type { Metadata } from 'next';
import { Invitation } from '@/features/account/invitation';

export const metadata: Metadata = { title: 'Invitation' };

export default function InvitationPage() {
  return <Invitation />;
}
