// ODK Web Forms as its guide sets it up: the plugin, and the component with an XForm.
import { createApp, h } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";

const response = await fetch("./form.xml");
const formXml = await response.text();
const fetchFormAttachment = async () => new Response("", { status: 404 });
const app = createApp({ render: () => h(OdkWebForm, { formXml, fetchFormAttachment }) });
app.use(webFormsPlugin);
app.mount("#app");
