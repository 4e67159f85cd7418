using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Display;

/// <summary>Engine events as JSON, under Pulumi's names. Secrets are masked; values that are not known yet are Pulumi's sentinel.</summary>
internal static class EventJson
{
    // Pulumi's text for a string value that is not known before the update.
    private const string UnknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as one line of UTF-8; <see langword="null"/> for those that only live displays use.</summary>
    public static byte[]? Write(EngineEvent happened)
    {
        if (happened is EngineEvent.ResourceStatus)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", happened.Sequence);
            json.WriteNumber("timestamp", happened.Time.ToUnixTimeSeconds());
            WriteBody(json, happened);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteBody(Utf8JsonWriter json, EngineEvent happened)
    {
        switch (happened)
        {
            case EngineEvent.Prelude prelude:
                json.WriteStartObject("preludeEvent");
                json.WriteStartObject("config");
                foreach (var (key, value) in prelude.Config)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case EngineEvent.ResourcePre pre:
                WriteStep(json, "resourcePreEvent", pre.Step, pre.Planning, elapsed: null, outcome: null);
                break;
            case EngineEvent.ResourceOutputs outputs:
                WriteStep(json, "resOutputsEvent", outputs.Step, outputs.Planning, outputs.Elapsed, outcome: null);
                break;
            case EngineEvent.ResourceFailed failed:
                WriteStep(json, "resOpFailedEvent", failed.Step, planning: false, failed.Elapsed, failed.Outcome);
                break;
            case EngineEvent.Diagnostic { Message: var message }:
                WriteDiagnostic(json, message);
                break;
            case EngineEvent.Cancel:
                json.WriteStartObject("cancelEvent");
                json.WriteEndObject();
                break;
            case EngineEvent.Summary summary:
                json.WriteStartObject("summaryEvent");
                json.WriteBoolean("maybeCorrupt", value: false);
                json.WriteNumber("durationSeconds", Math.Round(summary.Duration.TotalSeconds, 3));
                json.WriteStartObject("resourceChanges");
                foreach (var (kind, count) in summary.Changes)
                {
                    json.WriteNumber(kind.Name(), count);
                }

                json.WriteEndObject();
                json.WriteBoolean("isPreview", summary.Preview);
                json.WriteEndObject();
                break;
            default:
                break;
        }
    }

    private static void WriteDiagnostic(Utf8JsonWriter json, LogMessage message)
    {
        json.WriteStartObject("diagnosticEvent");
        if (message.Urn is not null)
        {
            json.WriteString("urn", message.Urn);
        }

        json.WriteString("message", message.Message);
        json.WriteString("color", "never");
        json.WriteString("severity", message.Severity.ToString().ToLowerInvariant());
        if (message.StreamId != 0)
        {
            json.WriteNumber("streamID", message.StreamId);
        }

        if (message.Ephemeral)
        {
            json.WriteBoolean("ephemeral", value: true);
        }

        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, string name, StepDescription step, bool planning, TimeSpan? elapsed, ProviderOutcome? outcome)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("metadata");
        json.WriteString("op", step.Kind.Name());
        json.WriteString("urn", step.Urn);
        json.WriteString("type", step.Type);
        WriteState(json, "old", step, step.OldInputs, step.OldOutputs);
        WriteState(json, "new", step, step.NewInputs, step.NewOutputs);
        WriteList(json, "keys", step.ReplaceKeys);
        WriteList(json, "diffs", step.DetailedDiff.Keys.Select(path => path.Split('.', '[')[0]).Distinct(StringComparer.Ordinal));
        WriteDetailedDiff(json, step);
        json.WriteBoolean("logical", value: true);
        if (step.Provider is not null)
        {
            json.WriteString("provider", step.Provider);
        }

        json.WriteEndObject();
        if (planning)
        {
            json.WriteBoolean("planning", value: true);
        }

        if (elapsed is { } time)
        {
            json.WriteNumber("durationSeconds", Math.Round(time.TotalSeconds, 3));
        }

        if (outcome is { } known)
        {
            json.WriteString("outcome", known.ToString().ToLowerInvariant());
        }

        json.WriteEndObject();
    }

    private static void WriteDetailedDiff(Utf8JsonWriter json, StepDescription step)
    {
        if (step.DetailedDiff.IsEmpty)
        {
            json.WriteNull("detailedDiff");
            return;
        }

        json.WriteStartObject("detailedDiff");
        foreach (var (path, kind) in step.DetailedDiff)
        {
            json.WriteStartObject(path);
            json.WriteString("diffKind", kind switch
            {
                PropertyDiffKind.Add => "add",
                PropertyDiffKind.AddReplace => "add-replace",
                PropertyDiffKind.Delete => "delete",
                PropertyDiffKind.DeleteReplace => "delete-replace",
                PropertyDiffKind.UpdateReplace => "update-replace",
                _ => "update",
            });
            json.WriteBoolean("inputDiff", value: true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, string name, StepDescription step, PropertyMap? inputs, PropertyMap? outputs)
    {
        if (inputs is null && outputs is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("type", step.Type);
        json.WriteString("urn", step.Urn);
        json.WriteBoolean("custom", step.Custom);
        if (step.Id is { } id)
        {
            json.WriteString("id", id);
        }

        if (step.Parent is { } parent)
        {
            json.WriteString("parent", parent);
        }

        if (step.Protect)
        {
            json.WriteBoolean("protect", value: true);
        }

        json.WritePropertyName("inputs");
        WriteValue(json, PropertyValue.Of(inputs ?? PropertyMap.Empty));
        json.WritePropertyName("outputs");
        WriteValue(json, PropertyValue.Of(outputs ?? PropertyMap.Empty));
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a value; secrets as <c>[secret]</c>.</summary>
    public static void WriteValue(Utf8JsonWriter json, PropertyValue value, bool showSecrets = false)
    {
        switch (value)
        {
            case PropertyValue.Secret secret:
                if (showSecrets)
                {
                    WriteValue(json, secret.Element, showSecrets);
                }
                else
                {
                    json.WriteStringValue(ValueText.Secret);
                }

                break;
            case PropertyValue.Unknown:
                json.WriteStringValue(UnknownSentinel);
                break;
            case PropertyValue.Null:
                json.WriteNullValue();
                break;
            case PropertyValue.Bool truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case PropertyValue.Number number when double.IsFinite(number.Value):
                json.WriteNumberValue(number.Value);
                break;
            case PropertyValue.Number number:
                json.WriteStringValue(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PropertyValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case PropertyValue.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteValue(json, item, showSecrets);
                }

                json.WriteEndArray();
                break;
            case PropertyValue.Map map:
                json.WriteStartObject();
                foreach (var (key, member) in map.Members)
                {
                    json.WritePropertyName(key);
                    WriteValue(json, member, showSecrets);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(ValueText.OneLine(value));
                break;
        }
    }
}
