using Dilosi.Declarations;

namespace Dilosi.Api;

/// <summary>What a client sends to issue a declaration. Everything must be given.</summary>
/// <param name="Type"><c>solemn-declaration</c> or <c>authorisation</c>.</param>
/// <param name="FirstName">The declarant's first name; at most 100 characters.</param>
/// <param name="LastName">The declarant's last name; at most 100 characters.</param>
/// <param name="TaxNumber">The declarant's tax number; nine digits.</param>
/// <param name="Recipient">Whom the document is for; at most 100 characters.</param>
/// <param name="Text">What is declared; at most 8,000 characters.</param>
public sealed record DeclarationRequest(DeclarationType? Type, string? FirstName, string? LastName, string? TaxNumber, string? Recipient, string? Text);
