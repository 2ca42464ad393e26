// SurveyJS as its guide for plain JavaScript sets it up, with its Vietnamese texts.
import { Model } from "survey-core";
import "survey-core/i18n/vietnamese";
import "survey-core/survey-core.fontless.min.css";
import "survey-js-ui";

const response = await fetch("./form.json");
const survey = new Model(await response.json());
const app = document.getElementById("app");
app.textContent = "";
survey.render(app);
