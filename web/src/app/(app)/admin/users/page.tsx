import type { Metadata } from 'next';
import { Accounts } from '@/features/admin/accounts/accounts';

export const metadata: Metadata = { title: 'Accounts' };

export default function AccountsPage() {
  return <Accounts />;
}
