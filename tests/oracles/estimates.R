# Estimates, variances and design effects by R's survey package, from the generated files alone.
# Usage: Rscript estimates.R FOLDER OUT. Intervals are made from these in golden.py.
#
# What R does with a stratum that holds a single respondent, under survey.lonely.psu = "adjust" (survey:::onestrat):
# Let z_i be the linearised value of a respondent, weight included; for a ratio z_i = w_i (y_i - r m_i) / sum(w m).
# A stratum with n_h > 1 adds (1 - n_h/N_h) n_h/(n_h - 1) sum (z_i - mean of z in the stratum)^2.
# A stratum with n_h = 1 adds (1 - 1/N_h) z_i^2: its value is not centred at its own mean (which would give 0) but
# at the mean over all strata, and that is 0 for linearised values; there is no factor n_h/(n_h - 1).
# Without a population, 1 - n_h/N_h is 1. Nothing is scaled up for the other strata (that is "average").

suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "adjust")

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]

factors <- list(a = c("a1", "a2", "a3"), b = c("b1", "b2"), c = c("c1", "c2", "c3", "c4"), d = "d1")
parts <- list(first = c("a", "b"), second = c("c", "d"))
items <- unlist(factors, use.names = FALSE)

# Each measure: its items, and the groups of items whose shares mean-of-factors averages.
measures <- list(overall = list(items = items, groups = factors))
for (part in names(parts)) {
  measures[[part]] <- list(items = unlist(factors[parts[[part]]], use.names = FALSE), groups = factors[parts[[part]]])
}
for (name in names(factors)) measures[[name]] <- list(items = factors[[name]], groups = factors[name])
for (item in items) measures[[item]] <- list(items = item, groups = setNames(list(item), item))

table <- function(name) read.csv(file.path(folder, name), colClasses = "character", na.strings = character(0))

out <- list()
record <- function(context, formula, design, n, valid, estimate, variance = NA, deff = NA,
                   numerator = NA, denominator = NA) {
  out[[length(out) + 1]] <<- data.frame(
    file = context$file, where = context$where, design = context$design, measure = context$measure,
    formula = formula, n = n, valid = valid, strata = context$strata, alike = context$alike,
    numerator = numerator, denominator = denominator,
    estimate = as.numeric(estimate), variance = as.numeric(variance), deff = as.numeric(deff)
  )
}

# The design of respondents, and of their answers with the respondent as the cluster.
make_design <- function(kind, ids, data) {
  switch(kind,
    srs = svydesign(ids = ids, weights = ~one, data = data),
    fpc = svydesign(ids = ids, weights = ~one, fpc = ~total, data = data),
    strata = svydesign(ids = ids, strata = ~stratum, weights = ~weight, fpc = ~size, data = data)
  )
}

same <- function(x, y, what) {
  # Rounding leaves some 1e-33 where the variance is 0.
  if (abs(x - y) > 1e-10 * max(abs(x), abs(y)) && max(abs(x), abs(y)) > 1e-28) {
    stop(what, ": ", format(x, digits = 17), " is not ", format(y, digits = 17))
  }
}

one_measure <- function(context, people, frame) {
  measure <- measures[[context$measure]]
  valid <- sapply(measure$items, function(item) as.numeric(people[[item]] %in% 1:5))
  points <- sapply(measure$items, function(item) {
    ifelse(people[[item]] %in% 1:5, as.numeric(factor(people[[item]], 1:5)), 0)
  })
  dim(valid) <- dim(points) <- c(nrow(people), length(measure$items))
  # Without strata, who has no valid answer in this measure is dropped before there is a design. With strata everybody
  # who was asked stays in it: how many of a stratum the measure is about is a result of the sample too.
  kept <- rowSums(valid) > 0
  everyone <- people
  everyone$one <- 1
  everyone$kept <- kept
  everyone$m <- rowSums(valid)
  everyone$y <- rowSums((points >= 4) * valid)
  everyone$p <- rowSums(points)
  everyone$all <- as.numeric(everyone$y == everyone$m)
  everyone$top2 <- as.numeric(everyone$p >= 4 * everyone$m)
  all_satisfied <- (points >= 4) * valid
  all_valid <- valid
  if (!is.null(frame)) {
    everyone$total <- sum(frame$population)
    everyone$size <- frame$population[match(everyone$stratum, frame$stratum)]
    everyone$weight <- everyone$size / ave(everyone$one, everyone$stratum, FUN = sum)
  }
  # R makes no design of one respondent: "Design has only one primary sampling unit".
  if (sum(kept) < 2) return(invisible())
  people <- people[kept, , drop = FALSE]
  valid <- valid[kept, , drop = FALSE]
  points <- points[kept, , drop = FALSE]
  satisfied <- (points >= 4) * valid

  n <- nrow(people)
  people$one <- 1
  people$m <- rowSums(valid)
  people$y <- rowSums(satisfied)
  people$p <- rowSums(points)
  people$all <- as.numeric(people$y == people$m)
  people$top2 <- as.numeric(people$p >= 4 * people$m)
  M <- sum(people$m)
  if (!is.null(frame)) {
    # As large a part of those the measure is about was asked as of all.
    people$total <- sum(frame$population) * n / nrow(everyone)
    people$size <- everyone$size[kept]
    people$weight <- everyone$weight[kept]
  }
  groups <- lapply(measure$groups, function(group) measure$items %in% group)
  each <- lapply(measure$items, function(item) measure$items == item)

  long <- data.frame(row = rep(seq_len(n), times = people$m))
  at <- which(t(valid) == 1, arr.ind = TRUE)[, 1]
  long <- cbind(people[long$row, intersect(c("one", "total", "size", "stratum", "weight"), names(people)), drop = FALSE],
                row = long$row, s = satisfied[cbind(long$row, at)], x = points[cbind(long$row, at)])
  long$is_answer <- TRUE
  # One line that is no answer for everybody who gave none: they are in the design, and not in the figure.
  others <- everyone[!kept, intersect(c("one", "total", "size", "stratum", "weight"), names(everyone)), drop = FALSE]
  if (nrow(others) > 0) {
    others$row <- -seq_len(nrow(others))
    others$s <- others$x <- 0
    others$is_answer <- FALSE
  }
  long_of_all <- rbind(long, others[names(long)[names(long) %in% names(others)]])

  for (kind in context$designs) {
    context$design <- kind
    context$strata <- if (kind == "strata") length(unique(people$stratum)) else 1
    # Answers that respondents who are all alike are worth: Kish's size for their weights, over what is left of the
    # population. Without strata n / (1 - f).
    context$alike <- switch(kind, srs = n, fpc = n / (1 - n / people$total[1]),
      strata = sum(people$weight)^2 / sum(people$weight^2 * (1 - 1 / people$weight)))
    if (kind == "strata") {
      respondents <- subset(make_design(kind, ~1, everyone), kept)
      answers <- subset(make_design(kind, ~row, long_of_all), is_answer)
    } else {
      respondents <- make_design(kind, ~1, people)
      answers <- make_design(kind, ~row, long)
    }
    counted <- kind != "strata"

    # The pooled formulas: a ratio over respondents, and the same as a mean over their answers.
    for (formula in c("top2-pooled", "mean-score")) {
      pooled <- formula == "top2-pooled"
      ratio <- svyratio(if (pooled) ~y else ~p, ~m, respondents)
      mean <- svymean(if (pooled) ~s else ~x, answers, deff = "replace")
      what <- paste(context$file, kind, context$measure, formula)
      same(coef(ratio), coef(mean), paste(what, "estimate"))
      same(as.numeric(vcov(ratio)), as.numeric(vcov(mean)), paste(what, "variance"))
      v <- as.numeric(vcov(ratio))
      effect <- as.numeric(deff(mean))
      if (pooled && is.finite(effect)) {
        share <- as.numeric(coef(ratio))
        same(effect, v * (M - 1) / (share * (1 - share)), paste(what, "deff"))
      }
      count <- sum(if (pooled) people$y else people$p)
      record(context, formula, kind, n, M, coef(ratio), v, effect,
             if (counted) count else NA, if (counted) M else NA)
    }

    for (formula in c("all-satisfied", "respondent-top2")) {
      content <- formula == "all-satisfied"
      share <- svymean(if (content) ~all else ~top2, respondents, deff = "replace")
      count <- sum(if (content) people$all else people$top2)
      record(context, formula, kind, n, M, coef(share), vcov(share), deff(share),
             if (counted) count else NA, if (counted) n else NA)
    }

    for (formula in c("top2-mean-of-items", "mean-of-factors")) {
      sets <- if (formula == "mean-of-factors") groups else each
      above <- sapply(sets, function(set) rowSums(satisfied[, set, drop = FALSE]))
      below <- sapply(sets, function(set) rowSums(valid[, set, drop = FALSE]))
      dim(above) <- dim(below) <- c(n, length(sets))
      # An item or a factor without any valid answer has no share.
      there <- colSums(below) > 0
      k <- sum(there)
      above <- data.frame(above[, there, drop = FALSE])
      below <- data.frame(below[, there, drop = FALSE])
      names(above) <- paste0("above", seq_len(k))
      names(below) <- paste0("below", seq_len(k))
      wide <- if (kind == "strata") {
        of_all <- function(of, sets) sapply(sets, function(set) rowSums(of[, set, drop = FALSE]))
        sums <- data.frame(of_all(all_satisfied, sets[there]), of_all(all_valid, sets[there]))
        names(sums) <- c(names(above), names(below))
        subset(make_design(kind, ~1, cbind(everyone, sums)), kept)
      } else {
        make_design(kind, ~1, cbind(people, above, below))
      }
      ratios <- svyratio(reformulate(names(above)), reformulate(names(below)), wide, covmat = TRUE)
      # The covariances run over every numerator with every denominator, column by column; the pairs stand on the
      # diagonal of the ratios.
      pairs <- (seq_len(k) - 1) * k + seq_len(k)
      v <- sum(ratios$vcov[pairs, pairs]) / k^2
      record(context, formula, kind, n, M, mean(diag(ratios$ratio)), v)
    }
  }

  # The same weighted shares by the other road: weights that post-stratification finds by itself.
  if (context$poststrata) {
    context$design <- "poststrata"
    context$strata <- length(unique(people$stratum))
    present <- frame[frame$stratum %in% everyone$stratum, ]
    context$alike <- NA
    sizes <- data.frame(stratum = present$stratum, Freq = present$population)
    everything <- cbind(everyone, setNames(data.frame(all_satisfied), paste0("s", seq_along(measure$items))),
                        setNames(data.frame(all_valid), paste0("v", seq_along(measure$items))))
    adjusted <- postStratify(svydesign(ids = ~1, weights = ~one, data = everything), ~stratum, sizes)
    plain <- function(formula, estimate) record(context, formula, "poststrata", n, M, estimate)
    plain("top2-pooled", coef(svyratio(~y, ~m, adjusted)))
    plain("mean-score", coef(svyratio(~p, ~m, adjusted)))
    plain("all-satisfied", coef(svymean(~all, subset(adjusted, kept))))
    plain("respondent-top2", coef(svymean(~top2, subset(adjusted, kept))))
    total <- function(prefix, set) {
      coef(svytotal(reformulate(paste0(prefix, which(set))), adjusted))
    }
    share <- function(set) {
      m <- sum(total("v", set))
      if (m > 0) sum(total("s", set)) / m else NA
    }
    plain("top2-mean-of-items", mean(sapply(each, share), na.rm = TRUE))
    plain("mean-of-factors", mean(sapply(groups, share), na.rm = TRUE))
  }
}

one_file <- function(file, designs, frame = NULL, by = NULL, where = NULL, only = names(measures)) {
  people <- table(file)
  for (column in names(where)) people <- people[people[[column]] == where[[column]], , drop = FALSE]
  if (!is.null(frame)) {
    frame <- table(frame)
    for (column in names(where)) frame <- frame[frame[[column]] == where[[column]], , drop = FALSE]
    frame$population <- as.numeric(frame$population)
    frame$stratum <- do.call(paste, c(frame[by], sep = "/"))
    people$stratum <- do.call(paste, c(people[by], sep = "/"))
    stopifnot(people$stratum %in% frame$stratum)
  }
  for (measure in only) {
    one_measure(list(file = file, where = paste(names(where), where, sep = "=", collapse = " "), measure = measure,
                     designs = designs, poststrata = "strata" %in% designs && is.null(where)), people, frame)
  }
}

one_file("responses.csv", c("srs", "fpc", "strata"), "population.csv", c("unit", "field"))
# One unit by itself: its own responses and its own strata.
for (unit in c("02647", "02650", "02653")) {
  one_file("responses.csv", c("srs", "strata"), "population.csv", c("unit", "field"), list(unit = unit),
           c("overall", names(factors)))
}
one_file("small.csv", c("srs", "strata"), "small-population.csv", "unit")
one_file("even.csv", c("srs", "fpc", "strata"), "population.csv", c("unit", "field"))

out <- do.call(rbind, out)
for (column in names(out)) if (is.numeric(out[[column]])) {
  out[[column]] <- ifelse(is.finite(out[[column]]), sprintf("%.17g", out[[column]]), "")
}
out$version <- paste("R survey", packageVersion("survey"))
write.csv(out, arguments[2], row.names = FALSE, quote = TRUE)
