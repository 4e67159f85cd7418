using Dilosi.Declarations;
using Dilosi.Runtime;
using Dilosi.Storage;

namespace Dilosi.Api;

/// <summary>What citizens ask: issue a declaration, get the document, verify one.</summary>
internal static class CitizenEndpoints
{
    private const string IdempotencyKey = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    public static void MapCitizens(this WebApplication application, DilosiOptions options)
    {
        application.MapPost("/api/declarations", (DeclarationRequest request, HttpContext context, DeclarationIssuer issuer) =>
            IssueAsync(request, context, issuer, options));
        application.MapGet("/api/documents/{code}", DocumentAsync);
        application.MapGet("/api/verifications/{code}", VerifyAsync);
    }

    private static async Task<IResult> IssueAsync(DeclarationRequest request, HttpContext context, DeclarationIssuer issuer, DilosiOptions options)
    {
        var declaration = DeclarationValidator.Validate(request, out var problems);
        var key = context.Request.Headers[IdempotencyKey].ToString();
        if (key.Length is < 8 or > 128)
        {
            problems[IdempotencyKey] = ["must be a header of 8 to 128 characters that is the same whenever the same request is tried again, e.g. a UUID"];
        }

        if (declaration is null || problems.Count > 0)
        {
            return Results.ValidationProblem(problems);
        }

        try
        {
            var result = await issuer.IssueAsync(key, declaration, context.RequestAborted);
            var response = DocumentResponse.Of(result.Document, options);
            if (!result.Replayed)
            {
                return Results.Created(response.DocumentUrl, response);
            }

            context.Response.Headers[Replayed] = "true";
            return Results.Ok(response);
        }
        catch (IdempotencyConflictException exception)
        {
            return Results.Problem(exception.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> DocumentAsync(string code, DeclarationStore store, CancellationToken cancellationToken) =>
        VerificationCode.TryParse(code, out var parsed) && await store.ContentAsync(parsed, cancellationToken) is { } content
            ? Results.Bytes(content, "text/html; charset=utf-8")
            : Results.Problem("There is no document with this code.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> VerifyAsync(string code, DeclarationStore store, DilosiMetrics metrics, CancellationToken cancellationToken)
    {
        var document = VerificationCode.TryParse(code, out var parsed) ? await store.FindAsync(parsed, cancellationToken) : null;
        metrics.Verified(document is not null);
        return document is null
            ? Results.Json(new VerificationResponse(Valid: false), ApiJson.Default.VerificationResponse, statusCode: StatusCodes.Status404NotFound)
            : Results.Ok(new VerificationResponse(Valid: true, document.Type, document.IssuedAt, document.Sha256));
    }
}
