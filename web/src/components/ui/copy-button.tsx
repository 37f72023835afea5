'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button, type ButtonProps } from './button';

/** Puts a text on the clipboard and says so. */
export function CopyButton({
  text,
  label = 'Copy',
  children,
  ...rest
}: { text: string | (() => string); label?: string } & ButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      toast.error('The browser does not allow copying', { description: 'Select the text and copy it by hand.' });
    }
  };
  return (
    <Button
      size={children ? 'small' : 'icon-small'}
      variant="ghost"
      aria-label={children ? undefined : label}
      title={children ? undefined : label}
      onClick={() => void copy()}
      {...rest}
    >
      {copied ? <Check className="text-success" /> : <Copy />}
      {children}
    </Button>
  );
}
