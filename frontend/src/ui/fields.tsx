/** Labelled inputs. The browser's own controls, because phones and screen readers know them best. */
import { Check, CircleAlert, Minus, Search } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components";

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly children: (control: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

/** A label, a control, a hint and what is wrong with it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(error ? { "aria-invalid": true as const } : {}),
      })}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="error" id={`${id}-error`}>
          <CircleAlert size={16} aria-hidden /> {error}
        </span>
      )}
    </div>
  );
}

type Labelled = Pick<FieldProps, "label" | "hint" | "error">;

export interface TextFieldProps extends Labelled, Omit<ComponentProps<"input">, "onChange" | "value"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, hint, error, onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input type="text" {...rest} {...control} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** A calendar date, as the browser picks it. */
export function DateField(props: TextFieldProps) {
  return <TextField {...props} type="date" />;
}

/** Amounts and numbers: aligned to the end, in tabular figures, with the keyboard for numbers. */
export function AmountField(props: TextFieldProps) {
  return <TextField inputMode="decimal" autoComplete="off" {...props} className="amount" />;
}

export interface TextAreaProps extends Labelled, Omit<ComponentProps<"textarea">, "onChange" | "value"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextArea({ label, hint, error, onChange, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <textarea {...rest} {...control} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

export interface SelectProps extends Labelled, Omit<ComponentProps<"select">, "onChange" | "value"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function Select({ label, hint, error, onChange, options, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...rest} {...control} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckboxProps {
  readonly children?: ReactNode;
  readonly label?: string;
  readonly selected: boolean;
  readonly indeterminate?: boolean;
  readonly onChange: (selected: boolean) => void;
}

export function Checkbox({ children, label, selected, indeterminate = false, onChange }: CheckboxProps) {
  return (
    <AriaCheckbox
      className="check" isSelected={selected} isIndeterminate={indeterminate} onChange={onChange}
      {...(label ? { "aria-label": label } : {})}
    >
      <span className="box">{indeterminate ? <Minus aria-hidden /> : <Check aria-hidden strokeWidth={3} />}</span>
      {children}
    </AriaCheckbox>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <div className="field with-icon">
      <Search aria-hidden />
      <input
        type="search" aria-label={label} placeholder={placeholder ?? label} value={value} autoComplete="off"
        spellCheck={false} onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
