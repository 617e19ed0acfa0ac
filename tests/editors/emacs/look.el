;;; look.el --- What journey-mode makes of a file, for a test  -*- lexical-binding: t -*-

;;; Commentary:

;; emacs --batch -l look.el -f journey-test-faces FILE… prints each coloured piece of text, a line each, as START END FACE
;; in characters from 0, and an empty line behind each file; journey-test-indentation prints the files with all of their
;; lines put where the mode wants them, and a line of ^L behind each.

;;; Code:

(require 'journey-mode)

(defun journey-test--each (look)
  "Call LOOK in a buffer of each file that the command line names."
  (setq journey-use-server nil)
  (prefer-coding-system 'utf-8-unix)
  (while command-line-args-left
    (with-temp-buffer
      (insert-file-contents (pop command-line-args-left))
      (journey-mode)
      (funcall look))))

(defun journey-test--faces ()
  "Print the faces of the buffer."
  (font-lock-ensure)
  (goto-char (point-min))
  (while (not (eobp))
    (let* ((end (next-single-property-change (point) 'face nil (point-max)))
           (face (get-text-property (point) 'face)))
      (when face (princ (format "%d %d %s\n" (1- (point)) (1- end) (if (listp face) (car face) face))))
      (goto-char end)))
  (terpri))

(defun journey-test-faces ()
  "Print the faces of files."
  (journey-test--each #'journey-test--faces))

(defun journey-test--indentation ()
  "Print the buffer, indented anew."
  (goto-char (point-min))
  (while (not (eobp))
    (unless (nth 3 (syntax-ppss)) (delete-horizontal-space))
    (forward-line))
  (indent-region (point-min) (point-max))
  (princ (buffer-string))
  (princ "\f\n"))

(defun journey-test-indentation ()
  "Print files, indented anew."
  (journey-test--each #'journey-test--indentation))

;;; look.el ends here
