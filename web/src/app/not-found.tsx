import Link from 'next/link';
import { Brand } from '@/components/shell/brand';
import { Button } from '@/components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 p-6 text-center">
      <Brand className="text-lg" />
      <h1 className="text-2xl font-semibold">There is no such page</h1>
      <p className="max-w-prose text-muted-foreground">The address may be old or mistyped. Nothing is lost.</p>
      <Button asChild variant="primary">
        <Link href="/">Go to the start</Link>
      </Button>
    </main>
  );
}
