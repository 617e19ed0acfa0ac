;;; journey-mode.el --- Client journey maps as text  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Keywords: languages, tools
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A major mode for files of journey, a language for client journey maps: colours, indentation, and by Eglot and
;; `journey lsp' everything else: what is wrong, completion, documentation, renaming, the drawn map in a browser.
;; README.md beside this file tells how to begin.

;;; Code:

(require 'browse-url)
(require 'easymenu)
(require 'imenu)

(declare-function eglot-current-server "eglot")
(declare-function eglot-ensure "eglot")
(declare-function eglot-client-capabilities "eglot")
(declare-function eglot--TextDocumentIdentifier "eglot")
(declare-function jsonrpc-request "jsonrpc")
(defvar eglot-server-programs)
(defvar eglot-stay-out-of)

(defgroup journey nil
  "Client journey maps as text."
  :group 'languages
  :prefix "journey-")

(defcustom journey-program "journey"
  "The program journey: a name that is in the PATH, or the path of a file."
  :type 'string)

(defcustom journey-use-server t
  "Whether the language server is started when a map is opened."
  :type 'boolean)

(defcustom journey-indent-offset 2
  "By how many columns a line stands to the right of the block that it is in."
  :type 'natnum
  :safe #'natnump)

;;; Words.  They come from compiler/schema/schema.def: `test_queries write' renews them.

(defconst journey--properties
  '(
    ;; words: properties
    "about" "actor" "after" "answered" "as" "at" "availability" "backstage" "baseline" "because" "before" "behaviour"
    "below" "better" "by" "change" "claim" "client" "clients" "collected" "colour" "column" "computed-by"
    "confidence" "costs" "covers" "dates" "decimal" "delimiter" "demographics" "does" "drop" "due" "effort"
    "encoding" "every" "expect" "extends" "feels" "file" "for" "format" "fresh-for" "from" "frontstage" "frustration"
    "goal" "hands-over" "header" "hurts" "icon" "impact" "importance" "in" "lanes" "mapped-by" "margin" "means"
    "measure" "meets" "member" "method" "moment-of-truth" "motivation" "needs" "note" "objective" "observed-as"
    "owner" "path" "persona" "preference" "quote" "ranked-by" "reach" "reduced-by" "relationship" "revenue"
    "review-every" "reviewed" "role" "rule" "satisfaction" "scale" "scenario" "seen-in" "sees" "segment" "serves"
    "set" "severity" "shows" "silence" "size" "solves" "source" "stages" "status" "supported-by" "takes" "target"
    "thinks" "to" "too-large" "type" "unit" "using" "validated" "version" "via" "vocabulary" "waits" "when" "where"
    "with" "worth"
    ;; end
    )
  "Keywords that may go on with a line, behind a value.")

(defconst journey--declares-at-the-top
  '(
    ;; words: declares at the top
    "channel" "check" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity"
    "stage-name" "system" "team" "vocabulary"
    ;; end
    )
  "Keywords that declare a name, in the file itself.")

(defconst journey--declares-inside
  '(
    ;; words: declares inside
    "actor" "needs" "opportunity" "pain" "stage" "touchpoint"
    ;; end
    )
  "Keywords that declare a name, in a block.")

(defconst journey--refers
  '(
    ;; words: refers
    "actor" "after" "as" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "for" "from"
    "frontstage" "in" "lanes" "mapped-by" "means" "measure" "meets" "method" "needs" "owner" "persona" "seen-in"
    "segment" "severity" "solves" "stages" "supported-by" "to" "using" "via" "vocabulary"
    ;; end
    )
  "Keywords that are followed by the name of something declared.")

;;; What is a text, and what a remark

(defvar journey-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\r ">" table)
    (dolist (sign '(?- ?. ?' ?’ ?·)) (modify-syntax-entry sign "_" table))
    (dolist (sign '(?+ ?< ?> ?= ?% ?& ?* ?| ?$ ?→ ?≤ ?≥ ?“ ?” ?„ ?« ?»)) (modify-syntax-entry sign "." table))
    (dolist (sign '(?\( ?\) ?\[ ?\])) (modify-syntax-entry sign "." table))
    table)
  "The classes of characters in a map.")

(defconst journey--text
  "\"\\(?:[^\"\\\n]\\|\\\\.\\)*\"\\|“[^”\n]*”\\|„[^“”\n]*[“”]\\|«[^»\n]*»"
  "A text on one line.")

(defun journey--put-syntax (position class)
  "Give the character at POSITION the syntax CLASS."
  (put-text-property position (1+ position) 'syntax-table (string-to-syntax class)))

(defun journey--propertize-quote (at state)
  "Mark the text that the quote at AT begins or ends.
STATE is that of the parser in front of it."
  (goto-char at)
  (cond ((nth 4 state) (end-of-line))
        ((and (nth 3 state) (looking-at "\"\\{3,5\\}"))
         (journey--put-syntax (1- (match-end 0)) "|")
         (goto-char (match-end 0)))
        ((nth 3 state) (forward-char))
        ((looking-at "\"\"\"")
         (journey--put-syntax at "|")
         (dotimes (i 2) (journey--put-syntax (+ at i 1) "."))
         (goto-char (match-end 0)))
        ((looking-at journey--text)
         (unless (eq (char-after) ?\")
           (journey--put-syntax at "|")
           (journey--put-syntax (1- (match-end 0)) "|"))
         (goto-char (match-end 0)))
        (t (journey--put-syntax at ".") ; not closed: the text ends with its line
           (forward-char))))

(defun journey--propertize (start end)
  "Mark the texts between START and END, of several lines and in all quotes."
  (goto-char start)
  (while (re-search-forward "[\"“„«]" end t)
    (let ((at (match-beginning 0)))
      (journey--propertize-quote at (save-excursion (syntax-ppss at))))))

;;; Colours

(defconst journey--name "[[:alpha:]_][[:alnum:]_]*\\(?:[-.'’·][[:alnum:]_]+\\)*"
  "A name, or a keyword.")

(defconst journey--number
  (concat "[-+−]?[0-9][0-9.:]*\\(?:\\.\\.[-+−]?[0-9.]+\\)?"
          "\\(?:-[0-9]+-[0-9]+\\|[ \t]?%\\|[[:alpha:]€$£¥][[:alnum:]]*\\)?\\|[-+−]?[€$£¥][0-9.]+[kKmM]?")
  "A number, a date, a share, a time, money or a range.")

(defvar journey--line nil
  "What stood before in this line: `start', `value', `comma' or `arrow'.
Behind a keyword it is the keyword itself, and whether it stands first.")

(defun journey--face-of-name (word depth arrow-follows)
  "Return the face of WORD in a block of DEPTH, and remember what it was.
ARROW-FOLLOWS says whether an arrow stands behind it."
  (let ((before journey--line))
    (setq journey--line 'value)
    (cond ((eq before 'start)
           (if arrow-follows 'font-lock-variable-name-face
             (setq journey--line (cons word t))
             'font-lock-keyword-face))
          ((memq before '(comma arrow)) 'font-lock-variable-name-face)
          ((and (consp before) (member (car before) journey--refers) (or (not (cdr before)) (> depth 0)))
           'font-lock-variable-name-face)
          ((and (consp before) (cdr before)
                (member (car before) (if (zerop depth) journey--declares-at-the-top journey--declares-inside)))
           'font-lock-type-face)
          ((and (consp before) (cdr before)) nil)
          ((member word journey--properties)
           (setq journey--line (cons word nil))
           'font-lock-keyword-face))))

(defun journey--colour (face kind)
  "Give what was matched the FACE, and remember that it was of this KIND."
  (when face (put-text-property (match-beginning 0) (match-end 0) 'face face))
  (goto-char (match-end 0))
  (setq journey--line kind))

(defun journey--fontify-name (depth)
  "Colour the name that was matched, in a block of DEPTH."
  (let ((end (match-end 0)) (word (match-string-no-properties 0)) face)
    (setq face (save-match-data
                 (journey--face-of-name
                  word depth (save-excursion (goto-char end) (looking-at "[ \t]*\\(?:->\\|→\\)")))))
    (journey--colour face journey--line)))

(defun journey--fontify-token (depth)
  "Colour what stands at point, in a block of DEPTH, and go behind it."
  (cond ((looking-at "//.*") (goto-char (match-end 0)))
        ((looking-at "[{}]") (journey--colour nil 'start))
        ((looking-at ",") (journey--colour nil 'comma))
        ((looking-at "->\\|→") (journey--colour nil 'arrow))
        ((looking-at "#[0-9A-Fa-f]\\{3,8\\}") (journey--colour 'font-lock-constant-face 'value))
        ((looking-at journey--name) (journey--fontify-name depth))
        ((looking-at journey--number) (journey--colour 'font-lock-constant-face 'value))
        ((and (equal (syntax-after (point)) '(1)) (looking-at "[\"“„«][^{}\n]*")) ; a text that isn't closed
         (journey--colour 'font-lock-string-face 'value))
        ((looking-at ".") (journey--colour nil 'value))))

(defun journey--fontify (limit)
  "Colour the words from point to LIMIT.
Texts and remarks have their colours already."
  (while (< (point) limit)
    (when (bolp) (setq journey--line 'start))
    (skip-chars-forward " \t\f\v" limit)
    (let ((state (syntax-ppss)))
      (cond ((nth 8 state)
             (parse-partial-sexp (point) limit nil nil state 'syntax-table)
             (setq journey--line 'value))
            ((>= (point) limit))
            ((eolp) (forward-char))
            (t (journey--fontify-token (car state))))))
  nil)

;;; Indentation

(defun journey-indent-line ()
  "Put the line where its block wants it.
What stands in a text over several lines stays where it is."
  (let* ((start (save-excursion (back-to-indentation) (point)))
         (state (save-excursion (syntax-ppss (line-beginning-position))))
         (behind (- (point) start)))
    (if (nth 3 state)
        'noindent
      (let ((depth (- (car state) (if (eq (char-after start) ?\}) 1 0))))
        (save-excursion (indent-line-to (* journey-indent-offset (max 0 depth))))
        (if (> behind 0) (forward-char (- (+ (save-excursion (back-to-indentation) (point)) behind) (point)))
          (back-to-indentation))))))

;;; The server

(defun journey--contact (&rest _)
  "Return how the language server is started."
  (list journey-program "lsp"))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(journey-mode . journey--contact)))

(defun journey--start ()
  "Start the language server for this buffer, or say what is missing."
  (cond ((not (and journey-use-server buffer-file-name)))
        ((not (require 'eglot nil t))
         (message "Eglot is not installed: M-x package-install RET eglot RET brings it, for what is wrong and completion"))
        ((executable-find journey-program t) (eglot-ensure))
        (t (message "The program %s is not found: install it, or set journey-program; until then there are only colours"
                    journey-program))))

(defun journey--managed ()
  "Show what is under the cursor first, then what the line may take."
  (when (derived-mode-p 'journey-mode)
    (setq-local eldoc-documentation-strategy #'eldoc-documentation-compose)
    (when (memq 'eglot-hover-eldoc-function eldoc-documentation-functions)
      (remove-hook 'eldoc-documentation-functions 'eglot-hover-eldoc-function t)
      (add-hook 'eldoc-documentation-functions 'eglot-hover-eldoc-function -50 t))))

(add-hook 'eglot-managed-mode-hook #'journey--managed)

(defun journey--server ()
  "Return the language server of this buffer.
An error says what to do where there is none."
  (or (and (fboundp 'eglot-current-server) (eglot-current-server))
      (user-error "No language server runs for this map: M-x eglot starts it")))

(defun journey--shows-documents (server)
  "Return whether the client of SERVER can be asked to show a document."
  (plist-get (plist-get (plist-get (eglot-client-capabilities server) :window) :showDocument) :support))

(defun journey--command (command)
  "Let the server do COMMAND for this map, and show what it made."
  (let* ((server (journey--server))
         (map (plist-get (eglot--TextDocumentIdentifier) :uri))
         (about (vector map nil (1- (window-width)))) ; nil: no particular journey
         (made (jsonrpc-request server :workspace/executeCommand (list :command command :arguments about)))
         (uri (plist-get made :uri)))
    (cond ((or (not uri) (journey--shows-documents server)))
          ((string-match "\\`file://\\(/.*\\.\\(?:txt\\|md\\)\\)\\'" uri)
           (find-file-other-window (url-unhex-string (match-string 1 uri)))
           (setq truncate-lines t)) ; columns stay columns in a narrower window
          (t (browse-url uri)))))

(defun journey-preview ()
  "Show the drawn map in the browser."
  (interactive nil journey-mode)
  (journey--command "journey.preview"))

(defun journey-score ()
  "Show the numbers of the map."
  (interactive nil journey-mode)
  (journey--command "journey.score"))

(defun journey-plan ()
  "Show the opportunities of the map, ranked."
  (interactive nil journey-mode)
  (journey--command "journey.plan"))

(defun journey-report ()
  "Show the whole project on one page, in the browser."
  (interactive nil journey-mode)
  (journey--command "journey.report"))

;;; The mode

(defvar journey-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-p") #'journey-preview)
    (define-key map (kbd "C-c C-s") #'journey-score)
    (define-key map (kbd "C-c C-o") #'journey-plan)
    (define-key map (kbd "C-c C-v") #'journey-report)
    (define-key map (kbd "C-c C-a") 'eglot-code-actions)
    (define-key map (kbd "C-c C-r") 'eglot-rename)
    (define-key map (kbd "C-c C-f") 'eglot-format)
    (define-key map (kbd "C-c C-d") 'eldoc-doc-buffer)
    (define-key map (kbd "C-c C-l") 'flymake-show-buffer-diagnostics)
    (define-key map (kbd "C-c C-n") 'flymake-goto-next-error)
    (define-key map (kbd "C-c C-b") 'flymake-goto-prev-error)
    map)
  "The keys of `journey-mode'.")

(easy-menu-define journey-mode-menu journey-mode-map "What can be done with a map."
  '("Journey"
    ["See the map" journey-preview]
    ["See its numbers" journey-score]
    ["See the plan" journey-plan]
    ["See the report" journey-report]
    "---"
    ["What is this?" eldoc-doc-buffer]
    ["Mend it" eglot-code-actions]
    ["Rename it" eglot-rename]
    ["Tidy the map" eglot-format]
    "---"
    ["What is wrong" flymake-show-buffer-diagnostics]
    ["Next" flymake-goto-next-error]
    ["Previous" flymake-goto-prev-error]))

(defun journey--declarations (before words)
  "Return a row of `imenu-generic-expression' for BEFORE and one of WORDS."
  (list nil
        (concat before (regexp-opt words)
                "[ \t]+\\(\\(?:" journey--name "[ \t]*\\)?\\(?:\"[^\"\n]*\"\\)?\\)")
        1))

;;;###autoload
(define-derived-mode journey-mode prog-mode "Journey"
  "Write client journey maps.

\\{journey-mode-map}"
  (setq-local comment-start "// "
              comment-end ""
              comment-start-skip "///?[ \t]*"
              indent-line-function #'journey-indent-line
              indent-tabs-mode nil
              electric-indent-chars (cons ?\} electric-indent-chars)
              parse-sexp-lookup-properties t
              syntax-propertize-function #'journey--propertize
              font-lock-defaults '(((journey--fontify)))
              imenu-generic-expression (list (journey--declarations "^" journey--declares-at-the-top)
                                             (journey--declarations "^[ \t]+" journey--declares-inside))
              imenu-space-replacement nil
              eglot-stay-out-of (cons 'imenu (bound-and-true-p eglot-stay-out-of))) ; it sorts by kinds of a program
  (journey--start))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.journey\\'" . journey-mode))

(provide 'journey-mode)
;;; journey-mode.el ends here
